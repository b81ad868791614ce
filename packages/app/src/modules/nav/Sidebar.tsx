import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@material-ui/icons/Menu';
import SearchIcon from '@material-ui/icons/Search';
import { SidebarLogo } from './SidebarLogo';

export const sidebar = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const pages = navItems.withComponent(page => (
        <SidebarItem icon={() => page.icon} to={page.href} text={page.title} />
      ));
      pages.take('page:search'); // has its own place above the menu
      return (
        <Sidebar>
          <SidebarLogo />
          <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
            <SidebarSearchModal />
          </SidebarGroup>
          <SidebarDivider />
          <SidebarGroup label="Menu" icon={<MenuIcon />}>
            {pages.take('page:catalog')}
            {pages.take('page:scaffolder')}
            <SidebarDivider />
            <SidebarScrollWrapper>
              {pages.rest({ sortBy: 'title' })}
            </SidebarScrollWrapper>
          </SidebarGroup>
          <SidebarSpace />
          <SidebarDivider />
          <SidebarGroup
            label="Settings"
            icon={<UserSettingsSignInAvatar />}
            to="/settings"
          >
            {pages.take('page:user-settings')}
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});
